"""For an owner who got a letter: find what is stored about somebody, hand it over, erase it, prove it.

search   whose comments, and where others mention the name
export   everything stored about a person, for a machine to read
receipt  what was erased, when, by whom, and what lies out of reach
"""
