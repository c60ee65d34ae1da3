const FETCHING = [
  /\bnpx (?!--no-install )\S+(?: \S+)?/g,
  /\bnpm (?:exec|x|create|init) \S+/g,
  /\b(?:pnpm|yarn) dlx \S+/g,
  /\bbunx \S+/g,
  /\b(?:npm (?:install|i|add)|yarn add|pnpm add)(?: -\S+)* es-config-monitor(?![\w./-]*\.tgz)\S*/g,
];

/** The commands in a text that fetch and run, or install, a package by its name, where nobody has installed it. */
export function commandsThatFetch(text: string): readonly string[] {
  return FETCHING.flatMap((pattern) => [...text.matchAll(pattern)].map(([command]) => command));
}
