"""What a machine may lack: the words of a skip, and the command that brings what is missing."""

POSTGRESQL = "no PostgreSQL: TEST_POSTGRES_URL names no server"
CHROMIUM = "no Chromium: neither CHROMIUM nor the usual places name one"

# Said once in the closing paragraph for each reason that skipped something.
BRINGS = {
    POSTGRESQL: "apt-get install postgresql, start it, and"
    " TEST_POSTGRES_URL=postgresql://postgres@127.0.0.1:5432/postgres make test",
    CHROMIUM: "apt-get install chromium fonts-noto-cjk, or CHROMIUM=/path/to/chrome make test",
}
EVERYTHING = ".ci/run"
