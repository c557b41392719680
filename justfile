# Thin names for the commands of the README.

test *arguments:
    cargo xtask test {{arguments}}

ci:
    cargo xtask ci

quickstart *arguments:
    cargo run -p quickstart {{arguments}}
