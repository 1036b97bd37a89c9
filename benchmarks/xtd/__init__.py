"""django-comments-xtd as it comes, with its REST list mounted a second time under limit and offset paging."""
