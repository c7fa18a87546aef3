"""Find the quotations of a book and what each is: speech, thought, writing or mention."""
