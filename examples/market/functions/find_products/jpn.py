from ouverture.pool import object_e6f94f14f251dd71f7085c5e9b9644da2cd5ddbd800be431e48bf7caea5e0c85 as 検索キー


def 商品を探す(商品名の列, 言葉):
    """名前に言葉を含む商品を、名前の短い順に一つずつ返す。"""
    探すもの = 検索キー(言葉)
    for 商品名 in sorted(商品名の列, key=len):
        if 探すもの in 検索キー(商品名):
            yield 商品名
