"""Answers each JSON line of stdin, a call of an SDK, with a JSON line: its result, or what was raised.

One process for many calls: importing an SDK takes seconds.
"""

import datetime
import importlib
import json
import sys

from freezegun import freeze_time

MODULES = {
    'oss2': 'call_oss2',
    'oss-v2': 'call_oss_v2',
    'oss-gateway': 'call_oss_gateway',
    'cdn': 'call_cdn',
    'cdn-rpc': 'call_cdn_rpc',
}


def answer(call):
    sdk = importlib.import_module(MODULES[call['sdk']])
    try:
        return {'result': at_clock_of(call['client'], lambda: sdk.perform(call))}
    except Exception as error:
        return {'raised': {'type': type(error).__name__, **sdk.details(error)}}


def at_clock_of(client, perform):
    """Runs with a clock that is wrong by `clockError` seconds."""
    error = client.get('clockError', 0)
    if error == 0:
        return perform()
    now = datetime.datetime.now(datetime.timezone.utc)
    with freeze_time(now + datetime.timedelta(seconds=error), tick=True):
        return perform()


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
