"""The coach: what makes a prompt good or bad for the model, as rules that can be shown.

`rules.review` is the way in. Each rule is one small function whose docstring names the lines of
the model's guide (the reference text beside the checkout) it was made from; it tells a code,
facts and, where there is one, a fix. The sentences are in cogs/ui/coaching.py.
"""
