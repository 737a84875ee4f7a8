import type { Options, Toygun } from "./index.js";

/**
 * A Toygun, found as the command line finds it: TOYGUN_URL and TOYGUN_API_KEY, or what `toygun up` has left in
 * TOYGUN_DATA (./.toygun). Throws ToygunError where there is no key.
 */
export function connect(options?: Partial<Options>): Toygun;
