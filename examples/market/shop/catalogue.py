"""The catalogue, searched with or without accents."""


def search(names, words):
    from ouverture.pool import object_7e8ffa5e56603024f9ea0acefa9bfedcbfe5c258cc039121221ce7d211c3933e as find_products

    return list(find_products(names, words))


if __name__ == "__main__":
    print(search(["Café moulu", "Thé vert", "CAFÉ en grains"], "cafe"))
