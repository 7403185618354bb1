"""Calls of alibabacloud_cdn20180510, Alibaba's Python SDK for CDN, which signs with ACS3-HMAC-SHA256."""

from alibabacloud_cdn20180510 import models
from alibabacloud_cdn20180510.client import Client
from alibabacloud_tea_openapi.models import Config

REQUESTS = {
    'BatchSetCdnDomainConfig': ('batch_set_cdn_domain_config', models.BatchSetCdnDomainConfigRequest),
    'DescribeCdnDomainConfigs': ('describe_cdn_domain_configs', models.DescribeCdnDomainConfigsRequest),
    'DeleteSpecificConfig': ('delete_specific_config', models.DeleteSpecificConfigRequest),
    'BatchDeleteCdnDomainConfig': ('batch_delete_cdn_domain_config', models.BatchDeleteCdnDomainConfigRequest),
    'DescribeCdnDomainDetail': ('describe_cdn_domain_detail', models.DescribeCdnDomainDetailRequest),
    'AddCdnDomain': ('add_cdn_domain', models.AddCdnDomainRequest),
}


def perform(call):
    method, request = REQUESTS[call['call']]
    return getattr(client_of(call['client']), method)(request().from_map(call['parameters'])).body.to_map()


def details(error):
    return {'status': getattr(error, 'status_code', None), 'code': getattr(error, 'code', None), 'message': str(error)}


def client_of(wanted):
    host = wanted['endpoint'].removeprefix('http://')
    config = Config(access_key_id=wanted['id'], access_key_secret=wanted['secret'], endpoint=host, protocol='HTTP')
    return Client(config)
