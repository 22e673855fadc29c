import type { CodegenConfig } from '@graphql-codegen/cli'

// Dates, amounts and currencies travel as strings and stay strings.
const scalars = {
  ID: 'string',
  DateTime: 'string',
  Date: 'string',
  Decimal: 'string',
  CurrencyCode: 'string',
}

const TYPES = 'src/api/schema.generated.ts'

const config: CodegenConfig = {
  schema: process.env.QUITS_API_SCHEMA ?? '../schema/api.graphql',
  documents: 'src/**/*.graphql',
  config: { scalars, strictScalars: true, useTypeImports: true },
  generates: {
    // Enums and inputs, once.
    [TYPES]: { plugins: ['typescript-operations'], config: { generateOperationTypes: false } },
    // Beside each .graphql file, its operations and fragments.
    'src/': {
      preset: 'near-operation-file',
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        importSchemaTypesFrom: TYPES,
        documentVariableSuffix: '',
        fragmentVariableSuffix: '',
        // A component sees what its own fragments ask for: `read` opens a fragment, @unmask leaves it open.
        inlineFragmentTypes: 'mask',
        customDirectives: { apolloUnmask: true },
      },
    },
  },
}

export default config
