export { Toygun } from "./client.js";
export {
  BadRequest,
  Conflict,
  Denied,
  Ended,
  NotFound,
  PreconditionFailed,
  Problem,
  RateLimited,
  ToygunError,
  Unauthenticated,
  Unavailable,
  Unreachable,
  WaitedTooLong,
} from "./problems.js";
