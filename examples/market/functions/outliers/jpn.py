from ouverture.pool import object_f80e754f8ec36a6bd982257b01d1ac717c6fc46776138589f58ca8fcd7d62501 as 標準得点


def 外れ値(値の列, 限度=2.0):
    """ほかの数から限度より遠く離れている数。"""
    return [値 for 値, 得点 in zip(値の列, 標準得点(値の列)) if abs(得点) > 限度]
