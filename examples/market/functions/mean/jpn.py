def 平均(値の列):
    """数の算術平均。

    一つもなければ ValueError を送出する。
    """
    if not 値の列:
        raise ValueError("mean of nothing")
    return sum(値の列) / len(値の列)
