# What the preview's panel of problems says.
