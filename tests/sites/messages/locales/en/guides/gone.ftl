# source: 消えた。
p-0a1b2c = Gone.
