# What the writers' dashboard says.
