"""The live web, for `--fetch` and `--feed` only: nothing else of Onrecord opens a connection.

`guard` connects, to public addresses alone; `client` makes one request within its limits; `robots`
says what a site allows; `fetcher` goes from an address to a page, politely. HTTP is httpx's, which
the rest of Datasette's family speaks as well. Import `fetcher` only where something is asked for:
it brings httpx along.
"""
