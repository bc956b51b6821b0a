# source: 要らない文。
p-9a1b2c = Not needed.
