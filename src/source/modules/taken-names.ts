import { standardModules } from './standard-modules.js';

const ofStreamlit = `
  PIL altair anyio attr attrs blinker cachetools click dateutil git google jinja2 jsonschema narwhals numpy
  packaging pandas plotly protobuf pyarrow pydeck python_multipart referencing requests rich starlette streamlit
  tenacity toml tornado typing_extensions urllib3 uvicorn validators watchdog websockets`;

/**
 * Top-level names that may be taken when a dashboard's script runs: the standard library, much of which is loaded by then,
 * and what Streamlit itself depends on. A file of the dashboard with such a name need not be what an import statement gets.
 */
export const takenNames: ReadonlySet<string> = new Set([...standardModules, ...ofStreamlit.trim().split(/\s+/)]);
