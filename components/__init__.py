"""What is seen: the panels of the page and how they are drawn."""
