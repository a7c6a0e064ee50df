"""`python -m segkit <command>` does what `segkit <command>` does."""

from segkit.cli import main

if __name__ == "__main__":
    main()
