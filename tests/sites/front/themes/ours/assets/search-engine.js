// A search with fixed results.
