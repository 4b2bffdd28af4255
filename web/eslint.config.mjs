import { readdirSync } from 'node:fs'
import tseslint from 'typescript-eslint'

// Only src/map knows Leaflet; every other folder reaches it through createMap.
const others = readdirSync('src', { withFileTypes: true }).filter((d) => d.isDirectory() && d.name !== 'map').map((d) => `src/${d.name}/**`)

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'test-results'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
  },
  {
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: 'Text is text: no HTML strings.' },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: 'Text is text: no HTML strings.' },
      ],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    rules: {
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-meaningless-void-operator': 'off', // `void signal.value` subscribes an effect to it
    },
  },
  { files: ['src/*.{ts,tsx}', ...others], rules: { 'no-restricted-imports': ['error', { paths: [{ name: 'leaflet', message: 'Only src/map knows Leaflet.' }] }] } },
)
