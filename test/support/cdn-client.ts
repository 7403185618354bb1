import cdn from '@alicloud/cdn20180510';
import openApi from '@alicloud/openapi-core';
import type { ManagedRefgate } from './managed-refgate.js';

/** Who the SDK says to be. */
export interface CdnCredentials {
  /** Default: `ak`. */
  readonly accessKeyId?: string;
  /** Default: `sk`. */
  readonly accessKeySecret?: string;
  readonly securityToken?: string;
}

/** The vendor's npm client, with another endpoint and nothing else. */
export class CdnClient {
  readonly #client: InstanceType<typeof cdn.default>;

  constructor({ manage }: Pick<ManagedRefgate, 'manage'>, credentials: CdnCredentials = {}) {
    const key = { accessKeyId: 'ak', accessKeySecret: 'sk', ...credentials };
    // The client's own 3 s would measure how busy this machine is.
    const given = { ...key, endpoint: manage, protocol: 'HTTP', readTimeout: 60_000, connectTimeout: 60_000 };
    this.#client = new cdn.default(new openApi.$OpenApiUtil.Config(given) as never);
  }

  /** The configurations that the answer lists, and its headers. */
  async set(domainNames: string, functions: string): Promise<SetReply> {
    const request = new cdn.BatchSetCdnDomainConfigRequest({ domainNames, functions });
    const { headers, body } = await this.#client.batchSetCdnDomainConfig(request);
    const models = body?.domainConfigList?.domainConfigModel ?? [];
    return { headers: headers ?? {}, models: models.map((model) => ({ ...model })) };
  }

  /** What is set, by function, with its arguments. */
  async describe(domainName: string, filter: { functionNames?: string; configId?: string } = {}): Promise<Described[]> {
    const request = new cdn.DescribeCdnDomainConfigsRequest({ domainName, ...filter });
    const { body } = await this.#client.describeCdnDomainConfigs(request);
    return (body?.domainConfigs?.domainConfig ?? []).map((config) => ({
      ...{ id: config.configId, name: config.functionName, status: config.status, parentId: config.parentId },
      args: Object.fromEntries(
        (config.functionArgs?.functionArg ?? []).map(({ argName = '', argValue = '' }) => [argName, argValue]),
      ),
    }));
  }

  async delete(domainName: string, configId: string): Promise<void> {
    await this.#client.deleteSpecificConfig(new cdn.DeleteSpecificConfigRequest({ domainName, configId }));
  }

  async deleteAll(domainNames: string, functionNames: string): Promise<void> {
    const request = new cdn.BatchDeleteCdnDomainConfigRequest({ domainNames, functionNames });
    await this.#client.batchDeleteCdnDomainConfig(request);
  }

  async status(domainName: string): Promise<string | undefined> {
    const request = new cdn.DescribeCdnDomainDetailRequest({ domainName });
    const { body } = await this.#client.describeCdnDomainDetail(request);
    return body?.getDomainDetailModel?.domainStatus;
  }
}

/** What BatchSetCdnDomainConfig answers. */
export interface SetReply {
  readonly headers: Readonly<Record<string, string>>;
  readonly models: readonly { configId?: number; domainName?: string; functionName?: string }[];
}

/** A function as the SDK reads it. */
export interface Described {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly status: string | undefined;
  readonly parentId: string | undefined;
  readonly args: Readonly<Record<string, string>>;
}

/** What the SDK throws for a refusal. */
export interface CdnRefusal {
  readonly name: string;
  readonly code: string;
  readonly statusCode: number;
  readonly message: string;
  readonly requestId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The exception of a call. */
export async function refusalOf(call: Promise<unknown>): Promise<CdnRefusal> {
  try {
    await call;
  } catch (error) {
    return error as CdnRefusal;
  }
  throw new Error('was not refused');
}
