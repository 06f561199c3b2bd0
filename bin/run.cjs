#!/usr/bin/env node
'use strict';

const given = process.argv.slice(2);
require('../dist/cli/compiled-code.cjs').keepCompiledCode(given[0]);
require('../dist/cli/main.cjs').main(given);
