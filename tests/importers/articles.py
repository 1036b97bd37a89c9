"""An article of our own, as somebody might have saved it from an old website; its people are invented."""

ARTICLE = """3 Reasons to Put Your Feet Up

Feet work all day long & nobody thanks them.\u00a0

Here is what an evening foot rub does for them:

1. Warmer <Toes>

Rubbing brings warmth. Cold toes notice it first\u2026

Socks \u2013 "wool" ones \u2013 keep it there.

2. An Easier Evening

The day\u2019s last hour slows down.

A cup of tea helps too.

3. Lighter Steps

The next morning feels lighter.

Stairs become friendly again.

As you can see, ten minutes are well spent.

  1. Mirela Quist on 4 July 2024 at 9:05 pm

    I tried it yesterday , my toes say thanks.

    Twice!

  2. Odo Brandl on 5 January 2024 at 12:01 am

    Same here.
"""
