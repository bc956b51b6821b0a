# Œ¾—t
callout-policy = ‹K‘¥
