import ts from 'typescript';

/** What the architecture test needs to know of one source text. */
export interface Facts {
  readonly imports: readonly string[];
  readonly newErrors: readonly number[];
  /** Lines that read the environment. */
  readonly environments: readonly number[];
}

/** Relative imports of every kind (type-only, re-export, dynamic, `import()` types) and the lines of what is restricted. */
export function factsOf(text: string): Facts {
  const file = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest);
  const imports: string[] = [];
  const newErrors: number[] = [];
  const environments: number[] = [];
  const line = (node: ts.Node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const module = (node: ts.Node | undefined) => {
    if (node && ts.isStringLiteral(node)) imports.push(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) module(node.moduleSpecifier);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) module(node.arguments[0]);
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) module(node.argument.literal);
    if (ts.isNewExpression(node) && node.expression.getText(file) === 'Error') newErrors.push(line(node));
    if (ts.isPropertyAccessExpression(node) && node.getText(file) === 'process.env') environments.push(line(node));
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (imports.includes('node:process')) environments.push(1);
  return { imports, newErrors, environments };
}

/** A cycle in the graph as a path that ends where it begins, or undefined. */
export function cycleIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): string[] | undefined => {
    const seen = path.indexOf(node);
    if (seen >= 0) return [...path.slice(seen), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = walk(next, [...path, node]);
      if (cycle) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = walk(node, []);
    if (cycle) return cycle;
  }
  return undefined;
}
