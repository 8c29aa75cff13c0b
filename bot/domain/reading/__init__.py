"""Reading a prompt: its words, its language, and what it says about picture, motion and sound.

`reader.read` is the way in. English and German are understood; what is written in another
language is only counted.
"""
