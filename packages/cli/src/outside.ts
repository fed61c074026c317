/** What a command has of the process it runs in, so that tests run it as users do. */
export interface Outside {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** The working directory. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Is the standard output a terminal? */
  readonly isTerminal: boolean;
}

/** 0: everything is well. 1: the answer is no. 2: the command could not be done. */
export type ExitStatus = 0 | 1 | 2;
