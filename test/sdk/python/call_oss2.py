"""Calls of oss2, Alibaba's first Python SDK for OSS."""

import oss2
from oss2.models import BucketReferer

AUTHENTICATION = {'v1': oss2.Auth, 'v2': oss2.AuthV2, 'v4': oss2.AuthV4}


def perform(call):
    bucket = bucket_of(call)
    if call['call'] == 'put':
        return {'status': bucket.put_bucket_referer(configuration_of(call['configuration'])).status}
    if call['call'] == 'put-text':
        return {'status': bucket.put_bucket_referer(call['text']).status}
    if call['call'] == 'acl':
        return bucket.get_bucket_acl().acl
    config = bucket.get_bucket_referer()
    return {
        'allowEmpty': config.allow_empty_referer,
        'allow': config.referers,
        'deny': config.black_referers,
        'truncateQuery': config.allow_truncate_query_string,
    }


def details(error):
    if not isinstance(error, oss2.exceptions.OssError):
        return {'message': str(error)}
    code, message = error.details.get('Code'), error.details.get('Message')
    return {'status': error.status, 'code': code, 'ec': error.details.get('EC'), 'message': message}


def bucket_of(call):
    client = call['client']
    auth = AUTHENTICATION[client['signature']](client['id'], client['secret'])
    return oss2.Bucket(
        auth,
        client['endpoint'],
        call['bucket'],
        is_cname=client['style'] == 'cname',
        is_path_style=client['style'] == 'path',
        region='cn-hangzhou',
    )


def configuration_of(wanted):
    return BucketReferer(
        wanted['allowEmpty'],
        wanted['allow'],
        allow_truncate_query_string=wanted.get('truncateQuery'),
        black_referers=wanted.get('deny'),
    )
