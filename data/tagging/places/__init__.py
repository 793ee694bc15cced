"""Finds the names of places in a text and decides which country each one means.

text --mentions--> Mention* --evidence, choice--> Reading* --scores--> countries
"""
