"""Makes a new mongod the primary of a replica set of its own, and waits until it is."""

import sys
import time

import pymongo

port = int(sys.argv[1])
admin = pymongo.MongoClient("127.0.0.1", port, directConnection=True).admin
members = {"_id": "rs0", "version": 1, "members": [{"_id": 0, "host": f"127.0.0.1:{port}"}]}

if admin.command("hello").get("isreplicaset"):
    try:
        admin.command("replSetInitiate", members)
    except pymongo.errors.OperationFailure:
        # Its data is of a set on another port, so it does not find itself there.
        admin.command("replSetReconfig", members, force=True)
while not admin.command("hello")["isWritablePrimary"]:
    time.sleep(0.05)
