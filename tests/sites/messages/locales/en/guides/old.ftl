# source: はじめの文。
p-0a1b2c = By messages, too.
