# source: VPN につなぐ
title-0a1b2c = Se connecter au VPN

# source: 手順
h-0a1b2c = Étapes
