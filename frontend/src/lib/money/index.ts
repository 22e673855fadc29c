export * from './format'
export * from './parse'
export * from './rate'
export * from './units'
