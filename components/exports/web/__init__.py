"""What the web page export is made of: templates, styles and scripts, and what puts values into them."""
