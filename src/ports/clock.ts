/** The only source of time; tests inject their own. Milliseconds since 1970, may step back: never use it to measure durations. */
export interface Clock {
  now(): number;
}
