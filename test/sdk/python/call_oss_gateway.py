"""Calls of alibabacloud-gateway-oss: the layer by which Terraform's provider speaks to OSS, generated for Python.

Both editions are made from one source; the provider uses the one in Go.
"""

from alibabacloud_gateway_oss.client import Client as Gateway
from alibabacloud_tea_openapi import models
from alibabacloud_tea_openapi.client import Client
from darabonba.runtime import RuntimeOptions


def perform(call):
    client = client_of(call['client'])
    if call['call'] == 'put':
        configuration = {'RefererConfiguration': configuration_of(call['configuration'])}
        return {'status': execute(client, call['bucket'], 'PutBucketReferer', 'PUT', configuration)['statusCode']}
    return execute(client, call['bucket'], 'GetBucketReferer', 'GET')['body']


def details(error):
    data = getattr(error, 'data', None) or {}
    status, ec = data.get('statusCode'), data.get('ecCode')
    return {'status': status, 'code': getattr(error, 'code', None), 'ec': ec, 'message': str(error)}


def client_of(wanted):
    config = models.Config(
        access_key_id=wanted['id'],
        access_key_secret=wanted['secret'],
        endpoint=wanted['endpoint'].removeprefix('http://'),
        protocol='HTTP',
        signature_version=wanted['signature'],
    )
    client = Client(config)
    client._spi = Gateway()
    return client


def execute(client, bucket, action, method, body=None):
    params = models.Params(
        action=action,
        version='2019-05-17',
        protocol='HTTP',
        pathname='/?referer',
        method=method,
        auth_type='AK',
        style='ROA',
        req_body_type='xml',
        body_type='xml',
    )
    request = models.OpenApiRequest(query={}, body=body, headers={}, host_map={'bucket': bucket})
    return client.execute(params, request, RuntimeOptions())


def configuration_of(wanted):
    return {
        'AllowEmptyReferer': wanted['allowEmpty'],
        'RefererList': {'Referer': wanted['allow']},
        'RefererBlacklist': {'Referer': wanted.get('deny', [])},
    }
