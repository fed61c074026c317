import{f as err,l as isReservedName}from"./pool-name-BjrMUXoW.js";import{r as readObject,t as checkMapping}from"./check-mapping-CDPss8_C.js";import{i as moduleImportOf,n as findConfusable,r as isBeyondAscii,t as NO_NAMES}from"./confusable-D7cCyXKM.js";import{O as spansOf,p as walk}from"./builtins-CDHcEl02.js";import{i as notCanonical,n as detailOf,t as NOTHING}from"./function-check-f482hMDO.js";const EFFECTS={eval:`
    __main__ bdb cProfile code codeop doctest idlelib imp importlib lib2to3 logging.config
    modulefinder pdb profile pydoc rlcompleter runpy site timeit trace zipimport
    annotationlib: ForwardRef call_annotate_function call_evaluate_function get_annotations
    builtins: __import__ breakpoint compile eval exec
    inspect: get_annotations
    pkgutil: find_loader get_importer get_loader iter_importers resolve_name walk_packages
    sys: breakpointhook call_tracing meta_path path path_hooks path_importer_cache
    types: CodeType FunctionType LambdaType
    typing: ForwardRef evaluate_forward_ref get_type_hints
    unittest: TestLoader defaultTestLoader loader main
    Cython IPython asteval execnet jinja2 js2py mako numexpr pyximport
    pandas: eval
    six: exec_ moves.builtins
    sympy: lambdify parse_expr parsing sympify
    typing_extensions: evaluate_forward_ref get_annotations get_type_hints`,process:`
    antigravity concurrent.interpreters ctypes distutils ensurepip multiprocessing os pipes pty
    subprocess tkinter turtle turtledemo venv webbrowser _interpreters _posixsubprocess _winapi
    _xxsubinterpreters
    asyncio: create_subprocess_* get_child_watcher set_child_watcher subprocess *ChildWatcher
    concurrent.futures: InterpreterPoolExecutor ProcessPoolExecutor interpreter process
    multiprocessing: managers
    os: abort chroot exec* _exec* _exit fork* initgroups kill* login_tty nice openpty pidfd_open
    os: popen posix_openpt posix_spawn* register_at_fork sched_set* setegid seteuid setgid setgroups
    os: setns setpgid setpgrp setpriority setregid setresgid setresuid setreuid setsid setuid spawn*
    os: _spawn* startfile system tcsetpgrp unshare wait wait3 wait4 waitid waitpid
    resource: prlimit setrlimit
    signal: pidfd_send_signal pthread_kill raise_signal
    cffi daemon delegator docker envoy fabric git invoke joblib loky nox pexpect pip plumbum psutil
    ptyprocess pwn ray sarge setuptools sh supervisor tox win32api win32com win32process wmi
    anyio: open_process run_process to_process
    numpy: ctypeslib distutils f2py
    trio: open_process run_process`,deserialize:`
    copyreg marshal pickle shelve
    multiprocessing: connection managers
    cloudpickle compress_pickle dill joblib jsonpickle klepto pickle5 srsly zodbpickle
    cloudpickle: load
    joblib: Memory load
    keras: models.load_model saving
    numpy: load
    pandas: read_hdf read_pickle
    ruamel.yaml: full_load* load* unsafe_load* *Loader YAML
    six: moves.cPickle
    tensorflow: keras.models.load_model saved_model
    torch: hub jit.load load
    yaml: constructor cyaml full_load* load load_all loader unsafe_load* *Loader`,dynamic:`
    _frozen_importlib _frozen_importlib_external _imp
    builtins: __build_class__ __builtins__ __loader__ __spec__ delattr getattr globals locals
    builtins: setattr vars
    gc: get_objects get_referents get_referrers
    inspect: currentframe getasyncgenlocals getattr_static getclosurevars getcoroutinelocals
    inspect: getframeinfo getgeneratorlocals getinnerframes getmembers* getmodule getouterframes
    inspect: stack trace unwrap walktree
    operator: attrgetter methodcaller
    sys: _current_exceptions _current_frames _getframe* last_* modules monitoring setprofile
    sys: settrace
    threading: setprofile* settrace*
    traceback: walk_stack walk_tb
    types: FrameType
    unittest: mock
    forbiddenfruit mock wrapt`,network:`
    antigravity asynchat asyncore cgi ftplib http imaplib nis nntplib poplib smtpd smtplib socket
    socketserver ssl telnetlib urllib webbrowser wsgiref xmlrpc
    asyncio: open_connection open_unix_connection sslproto start_server start_unix_server streams
    logging: config handlers
    multiprocessing: connection managers
    MySQLdb OpenSSL aioboto3 aiobotocore aioftp aiohttp aiokafka aiomysql aioredis aiosmtplib amqp
    anthropic asyncpg asyncssh azure boto boto3 botocore bottle cassandra celery clickhouse_driver
    cloudscraper confluent_kafka couchdb curl_cffi cx_Oracle daphne django dns docker elasticsearch
    eventlet fabric fastapi feedparser flask fsspec geopy gevent google.cloud googleapiclient gql
    grpc gspread gunicorn hdfs httpcore httplib2 httpx huggingface_hub hypercorn impacket influxdb
    kafka kubernetes ldap ldap3 libtorrent mechanize minio motor mysql nats neo4j netmiko niquests
    nmap openai opensearchpy oracledb paho paramiko peewee pika playwright praw psycopg psycopg2
    pycares pycurl pymongo pymssql pymysql pyodbc pyppeteer pysftp pysnmp quart redis requests
    requests_html sanic scapy scp scrapy selenium sentry_sdk serial shodan slack_sdk smbclient
    smbprotocol snowflake socketio socks splinter sqlalchemy ssh2 sshtunnel starlette stem stripe
    suds telegram telethon tornado treq tweepy twilio twisted urllib3 uvicorn waitress websocket
    websockets werkzeug wget yfinance youtube_dl yt_dlp zeep zmq
    anyio: connect_* create_tcp_listener create_udp_socket create_unix_listener getaddrinfo
    nltk: download downloader
    pandas: read_csv read_excel read_html read_json read_parquet read_sql* read_table read_xml
    six: moves.http* moves.socketserver moves.urllib* moves.xmlrpc*
    torch: hub
    trio: open_ssl* open_tcp* open_unix_socket serve_* socket`,filesystem:`
    aifc compileall dbm fcntl filecmp fileinput glob imghdr importlib.metadata importlib.resources
    linecache mailbox mailcap mmap msilib msvcrt netrc os pathlib py_compile pyclbr shelve shutil
    sndhdr sqlite3 sunau tabnanny tarfile tempfile uu wave zipapp zipfile zoneinfo
    argparse: FileType
    builtins: open
    bz2: BZ2File open
    codecs: EncodedFile open
    compression: bz2.BZ2File bz2.open gzip.GzipFile gzip.open lzma.LZMAFile lzma.open zstd.ZstdFile
    compression: zstd.open
    contextlib: chdir
    gettext: bindtextdomain find install translation
    gzip: GzipFile open
    inspect: findsource getcomments getsource*
    io: FileIO open open_code
    logging: FileHandler basicConfig config handlers
    lzma: LZMAFile open
    mimetypes: MimeTypes guess_* init knownfiles read_mime_types
    os: access chdir chflags chmod chown close closerange copy_file_range dup dup2 eventfd* fchdir
    os: fchmod fchown fdatasync fdopen fdwalk fpathconf fstat fstatvfs fsync ftruncate fwalk _fwalk
    os: get_blocking get_inheritable getcwd* getxattr grantpt lchflags lchmod lchown link listdir
    os: listdrives listmounts listvolumes listxattr lockf lseek lstat makedirs memfd_create mkdir
    os: mkfifo mknod open pathconf pipe* plock posix_fadvise posix_fallocate pread* ptsname pwrite*
    os: read readinto readlink readv remove removedirs removexattr rename renames replace rmdir
    os: scandir sendfile set_blocking set_handle_inheritable set_inheritable setxattr splice stat
    os: statvfs symlink sync truncate ttyname umask unlink unlockpt utime walk _walk write writev
    os.path: abspath exists getatime getctime getmtime getsize isdevdrive isdir isfile isjunction
    os.path: islink ismount lexists realpath relpath samefile
    pkgutil: get_data iter_modules
    readline: append_history_file read_history_file read_init_file write_history_file
    tokenize: open
    xml.dom: expatbuilder.parse minidom.parse pulldom.parse
    xml.etree: ElementTree.ElementTree ElementTree.iterparse ElementTree.parse
    xml.sax: make_parser parse
    PyPDF2 aiofiles appdirs cv2 docx dotenv duckdb filelock fiona fitz fs fsspec geopandas h5py
    imageio laspy netCDF4 openpyxl pdfplumber platformdirs polars portalocker pptx pyarrow pypdf
    rasterio reportlab send2trash soundfile sqlalchemy tables unrar watchdog watchfiles xarray xlrd
    xlsxwriter zarr
    PIL: Image.open ImageFont.truetype ImageGrab
    anyio: Path open_file
    cloudpickle: dump load
    joblib: Memory dump load
    matplotlib: image.imread image.imsave pyplot.imread pyplot.imsave pyplot.savefig
    numpy: DataSource fromfile genfromtxt lib.format lib.npyio load loadtxt memmap save*
    pandas: ExcelFile ExcelWriter HDFStore read_*
    scipy: io
    skimage: io
    sklearn: datasets
    tensorflow: io keras.models.load_model saved_model
    torch: hub jit.load load save
    torchvision: datasets io
    trio: Path open_file`,environment:`
    grp os platform pwd spwd sysconfig syslog winreg
    getpass: getuser
    locale: getdefaultlocale setlocale
    os: confstr* environ* _Environ get_exec_path getcwd* getegid getenv* geteuid getgid getgrouplist
    os: getgroups getloadavg getlogin getpgid getpgrp getppid getpriority getresgid getresuid getsid
    os: getuid pathconf_names putenv sched_get* sched_rr* sysconf* tcgetpgrp uname unsetenv
    os.path: expanduser expandvars
    sys: argv executable getwindowsversion orig_argv winver
    uuid: getnode uuid1
    decouple distro dotenv dynaconf environs keyring pydantic_settings`,none:`
    asyncio.subprocess: DEVNULL PIPE STDOUT
    concurrent.futures.process: BrokenProcessPool
    ctypes: Array BigEndianStructure LittleEndianStructure Structure Union c_* sizeof
    http: HTTPMethod HTTPStatus cookies
    http.client: HTTPException responses
    marshal: version
    multiprocessing: AuthenticationError ProcessError TimeoutError cpu_count
    os: CLD_* DirEntry EFD_* EX_* F_* GRND_* GenericAlias MFD_* Mapping MutableMapping NGROUPS_MAX
    os: O_* P_* PIDFD_* POSIX_* PRIO_* PathLike RTLD_* RWF_* R_OK SCHED_* SEEK_* SPLICE_* ST_*
    os: TMP_MAX W* XATTR_* X_OK abc altsep cpu_count ctermid curdir defpath device_encoding devnull
    os: error extsep fsdecode fsencode fspath _fspath getpid get_terminal_size getrandom isatty
    os: linesep major makedev minor name pardir path pathsep process_cpu_count sched_param
    os: sched_yield sep st stat_result statvfs_result strerror supports_* terminal_size times
    os: times_result uname_result urandom waitid_result waitstatus_to_exitcode
    pathlib: PurePath PurePosixPath PureWindowsPath UnsupportedOperation
    pickle: DEFAULT_PROTOCOL HIGHEST_PROTOCOL PickleError PicklingError UnpicklingError dumps
    shutil: Error ReadError SameFileError SpecialFileError get_terminal_size
    socket: AF_* IPPROTO_* SOCK_* SOL_* SO_* TCP_* error gaierror has_ipv6 herror htonl htons
    socket: inet_aton inet_ntoa inet_ntop inet_pton ntohl ntohs timeout
    sqlite3: *Error Row Warning
    ssl: *Error CERT_* TLSVersion
    subprocess: CalledProcessError CompletedProcess DEVNULL PIPE STDOUT SubprocessError
    subprocess: TimeoutExpired list2cmdline
    tarfile: ReadError TarError
    timeit: default_timer
    urllib: error parse
    xmlrpc.client: Binary DateTime Error Fault
    zipfile: BadZipFile BadZipfile LargeZipFile ZIP_* ZipInfo
    aiohttp: *Error ClientTimeout
    httpx: *Error *Exception Timeout URL
    jinja2: *Error
    requests: *Error *Exception Timeout codes exceptions
    werkzeug: exceptions
    yaml: CSafeLoader SafeLoader BaseLoader CBaseLoader`},ATTRIBUTES={dynamic:`
    __base__ __bases__ __builtins__ __closure__ __code__ __delattr__ __dict__ __func__ __getattr__
    __getattribute__ __globals__ __import__ __loader__ __mro__ __reduce__ __reduce_ex__ __self__
    __setattr__ __setstate__ __spec__ __subclasses__ __wrapped__ ag_code ag_frame cr_code cr_frame
    f_back f_builtins f_code f_globals f_locals gi_code gi_frame mro tb_frame`,eval:`exec_module load_module`,process:`subprocess_exec subprocess_shell`,network:`
    create_connection create_datagram_endpoint create_server create_unix_connection
    create_unix_server sock_connect`,filesystem:`
    hardlink_to iterdir mkdir read_bytes read_text rglob rmdir symlink_to unlink write_bytes
    write_text`},SYNONYMS={cPickle:`pickle`,genericpath:`os.path`,nt:`os`,ntpath:`os.path`,posix:`os`,posixpath:`os.path`};function effectsOfPath(path){let{others}=table(),found=NONE;for(let start=0;start<path.length&&start<LONGEST;start+=1){let first=path[start]??``,bare=withoutUnderscores(first);if(start>0&&!others.has(bare))continue;let rest=path.slice(start,start+LONGEST);found=union(found,lookUp(rest));let other=SYNONYM.get(first)??bare;other!==first&&(found=union(found,lookUp([...other.split(`.`),...rest.slice(1)])))}return found}function effectOfAttribute(name){return table().attributes.get(name)??null}const LONGEST=8,SYNONYM=new Map(Object.entries(SYNONYMS));function withoutUnderscores(name){return!name.startsWith(`_`)||name.endsWith(`__`)?name:name.replace(/^_+/,``)}function union(one,other){return other.size===0?one:one.size===0?other:/* @__PURE__ */ new Set([...one,...other])}function lookUp(path){let{below}=table(),found=NONE,parent=``;for(let[index,name]of path.entries()){let key=index===0?name:`${parent}.${name}`,inside=below.get(key),isWhole=index===path.length-1;if(found=effectsAt(key,parent,name,isWhole?inside:void 0)??found,inside===void 0)break;parent=key}return found}function effectsAt(key,parent,name,inside){let{entries,patterns}=table(),entry=entries.get(key),matching=patterns.get(parent)?.filter(({prefix,suffix})=>name.startsWith(prefix)&&name.endsWith(suffix));if((matching===void 0||matching.length===0)&&(entry===void 0||inside===void 0))return entry??inside??null;let listed=[entry,...(matching??[]).map(({effects})=>effects)].filter(set=>set!==void 0);return[...listed.some(({size})=>size===0)?[]:listed,inside??NONE].reduce(union,NONE)}const NONE=/* @__PURE__ */ new Set;function table(){return made??=makeTable(),made}let made=null;function makeTable(){let entries=/* @__PURE__ */ new Map,patterns=/* @__PURE__ */ new Map,below=/* @__PURE__ */ new Map;for(let[kind,lines]of Object.entries(EFFECTS)){let effects=kind===`none`?[]:[kind].filter(isKind);for(let path of pathsIn(lines)){let parts=path.split(`.`),name=parts.pop()??``,parent=parts.join(`.`),[prefix=``,suffix]=name.split(`*`);if(suffix===void 0)add$1(entries,path,effects);else{let pattern={prefix,suffix,effects:new Set(effects)};patterns.set(parent,[...patterns.get(parent)??[],pattern])}for(let length=parts.length;length>0;--length)add$1(below,parts.slice(0,length).join(`.`),effects)}}let attributes=Object.entries(ATTRIBUTES).flatMap(([kind,names])=>isKind(kind)?wordsOf(names).map(name=>[name,kind]):[]),others=new Set(wordsOf(`builtins ctypes importlib io marshal nt os pickle posix shutil socket subprocess sys types`));return{entries,patterns,below,attributes:new Map(attributes),others}}function add$1(sets,key,effects){let set=sets.get(key)??/* @__PURE__ */ new Set;for(let kind of effects)set.add(kind);sets.set(key,set)}function isKind(kind){return kind!==`none`&&Object.hasOwn(EFFECTS,kind)}function pathsIn(lines){return lines.split(`
`).flatMap(line=>{let[,module,names=``]=/^ *(?:([\w.]+):)?(.*)$/.exec(line)??[];return wordsOf(names).map(name=>module===void 0?name:`${module}.${name}`)})}function wordsOf(names){return names.split(/\s+/).filter(name=>name!==``)}function collectOrigins(imports,names){let imported=/* @__PURE__ */ new Map;for(let node of imports)if(isAbsoluteImport(node))for(let alias of node.names){let{path}=moduleImportOf(node,alias),binding=names.bindingAt(alias);if(binding===null)continue;let known=imported.get(binding);known===void 0?imported.set(binding,[path]):known.push(path)}return{names,imported}}function isAbsoluteImport(node){return node.kind===`Import`||node.kind===`ImportFrom`&&node.level===0}function pathsOfName({names,imported},node){let binding=names.bindingAt(node);if(binding===null)return[[`builtins`,node.id]];let own=imported.get(binding)??NO_PATHS,{kind}=binding.scope;if(kind!==`class`&&kind!==`module`)return own;let paths=[...own];for(let scope=binding.scope.parent;scope!==null;scope=scope.parent){let outer=scope.bindings.get(binding.name);outer!==void 0&&paths.push(...imported.get(outer)??[])}let isImport=binding.definitions.every(({form})=>form===`import`);return kind===`module`&&isImport?paths:[...paths,[`builtins`,node.id]]}const NO_PATHS=[];function pathsOfDotted(origins,node){if(node.kind===`Name`)return pathsOfName(origins,node);let attributes=[],base=node;for(;base.kind===`Attribute`&&attributes.length<MOST_ATTRIBUTES;)attributes.push(base.attr),base=base.value;return base.kind===`Name`?(attributes.reverse(),pathsOfName(origins,base).map(path=>[...path,...attributes])):NO_PATHS}const MOST_ATTRIBUTES=8;function calledNames(origins,{func}){return func.kind===`Attribute`&&!CALLED.has(func.attr)?[]:pathsOfDotted(origins,func).map(path=>path.join(`.`))}const CALLED=new Set(`getattr setattr delattr attrgetter methodcaller __import__ import_module`.split(` `));function pathsOfBase(origins,base){if(base.kind===`Name`)return base.ctx===`Load`?pathsOfName(origins,base):NO_PATHS;let module=importedModule(origins,base);if(module===null)return NO_PATHS;let path=module.split(`.`);return path.length===1?[path]:[path,path.slice(0,1)]}function importedModule(origins,node){if(node.kind===`Call`){let module=textOf(node.args[0]);return module===null?null:calledNames(origins,node).some(name=>IMPORTERS.includes(name))?module:null}let module=node.kind===`Subscript`?textOf(node.slice):null;return node.kind!==`Subscript`||module===null?null:pathsOfDotted(origins,node.value).some(path=>path.join(`.`)===TABLE)?module:null}const IMPORTERS=[`builtins.__import__`,`importlib.__import__`,`importlib.import_module`],TABLE=`sys.modules`;function gottenAttribute(origins,call){let[object,name]=call.args,text=textOf(name);return object===void 0||text===null?null:calledNames(origins,call).includes(`builtins.getattr`)?{object,name:text}:null}function textOf(node){return node?.kind===`Constant`&&typeof node.value==`string`?node.value:null}function effectsIn(tree,names,code,imports){let search={origins:collectOrigins(imports,names),found:/* @__PURE__ */ new Map,settled:/* @__PURE__ */ new Set};return walk(tree,node=>visit(search,node)),search.found.size===0?[]:inOrder([...search.found.values()],code)}function inOrder(found,code){let sorted=found.toSorted((a,b)=>a.at.start-b.at.start||a.at.end-b.at.end),places=sorted.map(({at})=>at);return spansOf(code,places).flatMap((span,index)=>{let one=sorted[index];return one===void 0?[]:[{effect:one.effect,name:one.name,span}]})}function report(search,effect,name,at){search.found.set([effect,name,at.start,at.end].join(` `),{effect,name,at})}function reportPath(search,path,at){let effects=effectsOfPath(path);for(let effect of effects)report(search,effect,nameOf(path),at);return effects}function reportAttribute(search,name,at){let effect=effectOfAttribute(name);effect!==null&&report(search,effect,name,at)}function nameOf(path){return(path[0]===`builtins`&&path.length>1?path.slice(1):path).join(`.`)}function visit(search,node){switch(node.kind){case`Name`:node.ctx===`Load`&&visitChain(search,node);return;case`Attribute`:case`Subscript`:return visitChain(search,node);case`Call`:return visitChain(search,node),visitCall(search,node);case`Import`:case`ImportFrom`:isAbsoluteImport(node)&&visitImport(search,node);return;case`MatchClass`:for(let name of node.kwd_attrs)reportAttribute(search,name,node);return;case`Expr`:node.value.kind===`Constant`&&search.settled.add(node.value);return;case`Constant`:typeof node.value==`string`&&visitText(search,node.value,node);return}}function visitImport(search,node){for(let alias of node.names){let{path}=moduleImportOf(node,alias),scope=search.origins.names.bindingAt(alias)?.scope;scope===void 0?reportPath(search,path.slice(0,-1),alias):scope.kind===`class`&&reportPath(search,path,alias)}}function visitText(search,text,at){if(text.includes(`.__`)&&!search.settled.has(at))for(let[,name=``]of text.matchAll(/\.(__\w+__)/g))reportAttribute(search,name,at)}function visitChain(search,node){if(search.settled.has(node))return;let{base,links}=chainAt(search.origins,node),paths=pathsOfBase(search.origins,base);if(links.length===0){for(let path of paths)reportPath(search,path,node);return}let told=/* @__PURE__ */ new Set;for(let path of paths){let whole=[...path,...links.map(({name})=>name)];for(let effect of reportPath(search,whole,node))told.add(effect)}for(let{name,at}of links){let effect=effectOfAttribute(name);effect!==null&&!told.has(effect)&&report(search,effect,name,at),search.settled.add(at)}base.kind!==`Constant`&&search.settled.add(base)}function chainAt(origins,node){let links=[],base=node;for(;;){if(base.kind===`Attribute`){links.push({name:base.attr,at:base}),base=base.value;continue}let gotten=base.kind===`Call`?gottenAttribute(origins,base):null;if(gotten===null)return{base,links:links.reverse()};links.push({name:gotten.name,at:base}),base=gotten.object}}function visitCall(search,node){let names=namesPassed(search.origins,node);if(names!==null){for(let link=node.func;link.kind===`Attribute`;link=link.value)search.settled.add(link).add(link.value);search.settled.add(node.func);for(let name of names){let text=textOf(name);if(name===void 0||text===null)for(let path of pathsOfDotted(search.origins,node.func))reportPath(search,path,node);else for(let part of text.split(`.`))reportAttribute(search,part,name)}}}function namesPassed(origins,call){let called=calledNames(origins,call);if(called.length===0)return null;let[first,second]=call.args;return called.some(name=>OF_OBJECTS.includes(name))?gottenAttribute(origins,call)===null?[second]:[]:called.includes(`operator.attrgetter`)?[first,...call.args.slice(1)]:called.includes(`operator.methodcaller`)?[first]:null}const OF_OBJECTS=[`builtins.getattr`,`builtins.setattr`,`builtins.delattr`];function namesInCode(tree){let found=/* @__PURE__ */ new Set;return walk(tree,node=>addNames(found,node)),found}function addNames(found,node){switch(node.kind){case`Name`:return add(found,node.id);case`Attribute`:return add(found,node.attr);case`arg`:case`keyword`:return add(found,node.arg);case`alias`:return addAll(found,node.name.split(`.`)),add(found,node.asname);case`ImportFrom`:return addAll(found,node.module?.split(`.`)??[]);case`FunctionDef`:case`AsyncFunctionDef`:case`ClassDef`:case`ExceptHandler`:case`MatchAs`:case`MatchStar`:case`TypeVar`:case`TypeVarTuple`:case`ParamSpec`:return add(found,node.name);case`MatchMapping`:return add(found,node.rest);case`MatchClass`:return addAll(found,node.kwd_attrs);case`Global`:case`Nonlocal`:return addAll(found,node.names)}}function add(found,name){name!==null&&!isReservedName(name)&&found.add(name)}function addAll(found,names){for(let name of names)add(found,name)}function inspectFunction({hash,object,mappings}){let read=readObject(hash,object);if(!read.ok){let{fault}=read,dependencies=fault.code===`wrong-dependencies`?fault.data.actual:[];return{...NOTHING,problem:detailOf(fault),dependencies}}let{object:stored,dependencies,olderForm,program}=read.value,names=program===null?NO_NAMES:namesOf(program);return{problem:olderForm&&notCanonical(olderForm,!0),isVerified:!0,dependencies,effects:program===null?[]:effectsOf(program),furtherProblems:[...names.isAscii?[]:confusableIn(names.list(),NO_NAMES,IN_CODE),...mappings.flatMap(mapping=>mappingProblems(stored,mapping,names))]}}function effectsOf({module,names,source,inventory}){return effectsIn(module,names,source,inventory.imports).map(({effect,name,span})=>({effect,name,line:span.line}))}function namesOf({module,source}){let names=null;return{isAscii:!isBeyondAscii(source),list:()=>(names??=namesInCode(module),names)}}const IN_CODE={where:`code`,language:null,mapping:null};function confusableIn(names,others,place){return findConfusable(names,others).map(({name,kind,other})=>({code:`confusable-name`,data:{...place,name,kind,other}}))}function mappingProblems(object,{language,hash,bytes},namesInCode){let place={where:`mapping`,language,mapping:hash},invalid=(reason,name)=>[{code:`invalid-mapping`,data:{language,mapping:hash,reason,name}}];if(bytes===void 0)return invalid(`not-there`,hash);let checked=typeof bytes!=`string`&&`code`in bytes?err(bytes):checkMapping(object,hash,bytes);if(checked.ok){let{name_mapping,alias_mapping}=checked.value;return confusableIn([...Object.values(name_mapping),...Object.values(alias_mapping)],namesInCode,place)}let{fault}=checked;switch(fault.code){case`invalid-mapping`:{let{reason,name}=fault.data,hidden=reason===`not-an-identifier`?confusableIn([name],NO_NAMES,place):[];return[...invalid(reason,name),...hidden]}case`limit-exceeded`:return invalid(fault.data.limit,String(fault.data.most));case`malformed-object`:return invalid(fault.data.reason,fault.data.path);default:return invalid(`other-meaning`,hash)}}export{inspectFunction};