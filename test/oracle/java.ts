import { spawnSync } from 'node:child_process';

/** A JDK that runs a source file: `java` with its compiler inside. */
export const javaPresent: boolean = String(
  spawnSync('java', ['--list-modules'], { encoding: 'utf8', timeout: 20_000 }).stdout,
).includes('jdk.compiler');

/** For a title: names what is skipped. */
export const withJava = javaPresent ? '' : ' (skipped: needs java)';
