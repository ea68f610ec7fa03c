export { ConfigError } from './configError';
export { CONFIG_OPTIONS, defineConfig } from './defineConfig';
export type { BarometerConfig, ConfigOptions } from './defineConfig';
export { loadConfig } from './loadConfig';
export type { LoadedConfig, OptionText } from './loadConfig';
