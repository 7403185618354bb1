import { type Browser, chromium } from 'playwright-core';

/**
 * Starts a headless Chromium for which every `*.example` is this machine.
 *
 * @param home - an empty folder: profile and crash reports go there, and the user's own HOME is neither needed nor touched
 */
export function startChromium(binary: string, home: string): Promise<Browser> {
  return chromium.launch({
    executablePath: binary,
    env: { ...process.env, HOME: home },
    args: [
      // A container's root has no sandbox; the only pages that are opened are the test's own.
      '--no-sandbox',
      // Containers have 64 MiB of /dev/shm, which a browser overruns.
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP *.example 127.0.0.1',
    ],
  });
}
