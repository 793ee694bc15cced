"""The names of places, compiled into one file, and the script that compiles it."""
