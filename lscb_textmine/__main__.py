"""`python -m lscb_textmine`: the command line, where the program `lscb-textmine` is not on the path."""

from lscb_textmine.cli import main

if __name__ == "__main__":
    main()
