"""Articles, their tags and the counts over them; knows nothing of any screen."""
