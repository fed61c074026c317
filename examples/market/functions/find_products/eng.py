from ouverture.pool import object_e6f94f14f251dd71f7085c5e9b9644da2cd5ddbd800be431e48bf7caea5e0c85 as search_key


def find_products(names, words):
    """The products whose names have these words, the shortest name first."""
    wanted = search_key(words)
    for name in sorted(names, key=len):
        if wanted in search_key(name):
            yield name
