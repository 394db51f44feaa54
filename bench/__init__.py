"""What the portal promises about speed, measured: see README, or `python -m bench --help`.

Times are told in hellos (one page that says hello, same process, same middleware), the rest are counts; nothing here
touches the database of an installation.
"""
