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
const ALL = 'src/**/*.graphql'
// Operations that are sent without Apollo Client, as text: see src/api/plain.ts.
const PLAIN = 'src/**/plain.graphql'

// Beside each .graphql file, its operations and fragments.
const besideDocuments = {
  preset: 'near-operation-file' as const,
  plugins: ['typescript-operations', 'typed-document-node'],
}
const documentConfig = {
  importSchemaTypesFrom: TYPES,
  documentVariableSuffix: '',
  fragmentVariableSuffix: '',
}

const config: CodegenConfig = {
  schema: process.env.QUITS_API_SCHEMA ?? '../schema/api.graphql',
  config: { scalars, strictScalars: true, useTypeImports: true },
  generates: {
    // Enums and inputs, once.
    [TYPES]: {
      documents: ALL,
      plugins: ['typescript-operations'],
      config: { generateOperationTypes: false },
    },
    'src/': {
      ...besideDocuments,
      documents: [ALL, `!${PLAIN}`],
      config: {
        ...documentConfig,
        // A component sees what its own fragments ask for, opened by `unmask` of src/api/fragments.ts.
        inlineFragmentTypes: 'mask',
      },
    },
    './src/': {
      ...besideDocuments,
      documents: PLAIN,
      config: { ...documentConfig, documentMode: 'string' },
    },
  },
}

export default config
