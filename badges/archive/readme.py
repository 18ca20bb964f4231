"""What is said to whoever finds an archive."""

README = """\
Badges of {issuer}, as they stood at {site}

These are all badges that {issuer} issued with the portal at that address, and everything that is needed to check them.
They go on being valid as long as any web server answers for {site} with the files of this folder:

- Serve the folder as the root of the site. Archives of several issuers can be laid over one another.
- An address such as /assertions/<id> is a folder with an index.html inside: that is what web servers do by themselves.
- Let other sites read the files: send the header Access-Control-Allow-Origin: * with each.
- The lists under /status/ have no ending: send them as application/json where the server lets you choose.

Without any server, open assertions/<id>/index.html in a browser: the page checks itself.

Documents added to badges lie under /supplements/ where their holders showed them to everybody; the others are not here.

The status lists in here are final. What was revoked after they were made is not in them.
"""
