"""Calls of aliyun-python-sdk-cdn, Alibaba's older Python SDK for CDN, which signs with HMAC-SHA1 in the query."""

import importlib
import json

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient


def perform(call):
    host, port = call['client']['endpoint'].removeprefix('http://').split(':')
    client = AcsClient(call['client']['id'], call['client']['secret'], 'cn-hangzhou', port=int(port))
    request = request_of(call['call'], call['parameters'])
    request.set_endpoint(host)
    return json.loads(client.do_action_with_exception(request))


def details(error):
    if not isinstance(error, ServerException):
        return {'message': str(error)}
    return {'status': error.http_status, 'code': error.error_code, 'message': error.message}


def request_of(action, parameters):
    module = importlib.import_module(f'aliyunsdkcdn.request.v20180510.{action}Request')
    request = getattr(module, f'{action}Request')()
    for name, value in parameters.items():
        getattr(request, f'set_{name}')(value)
    return request
