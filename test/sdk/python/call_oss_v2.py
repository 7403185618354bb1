"""Calls of alibabacloud-oss-v2, Alibaba's second Python SDK for OSS."""

import alibabacloud_oss_v2 as oss


def perform(call):
    client = client_of(call['client'])
    if call['call'] == 'put':
        configuration = configuration_of(call['configuration'])
        request = oss.PutBucketRefererRequest(bucket=call['bucket'], referer_configuration=configuration)
        return {'status': client.put_bucket_referer(request).status_code}
    got = client.get_bucket_referer(oss.GetBucketRefererRequest(bucket=call['bucket'])).referer_configuration
    return {
        'allowEmpty': got.allow_empty_referer,
        'allow': (got.referer_list and got.referer_list.referers) or [],
        'deny': (got.referer_blacklist and got.referer_blacklist.referers) or [],
        'truncateQuery': got.allow_truncate_query_string,
        'truncatePath': got.truncate_path,
    }


def details(error):
    cause = error.unwrap() if isinstance(error, oss.exceptions.OperationError) else error
    if not isinstance(cause, oss.exceptions.ServiceError):
        return {'message': str(error)}
    return {'status': cause.status_code, 'code': cause.code, 'ec': cause.ec, 'message': cause.message}


def client_of(wanted):
    credentials = oss.credentials.StaticCredentialsProvider(wanted['id'], wanted['secret'])
    return oss.Client(
        oss.config.Config(
            region='cn-hangzhou',
            endpoint=wanted['endpoint'],
            signature_version=wanted['signature'],
            credentials_provider=credentials,
            use_path_style=wanted['style'] == 'path',
            use_cname=wanted['style'] == 'cname',
        )
    )


def configuration_of(wanted):
    deny = wanted.get('deny')
    return oss.RefererConfiguration(
        allow_empty_referer=wanted['allowEmpty'],
        allow_truncate_query_string=wanted.get('truncateQuery'),
        truncate_path=wanted.get('truncatePath'),
        referer_list=oss.RefererList(referers=wanted['allow']),
        referer_blacklist=None if deny is None else oss.RefererBlacklist(referers=deny),
    )
