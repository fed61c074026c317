/**
 * What Python's standard library and the best known packages can do
 * (docs/verify.md, "Effects"). A line lists modules, or after a colon names in one;
 * `*` stands for any characters. The longest entry that a name begins with counts, so
 * that `none` has what is harmless in a module that is not.
 */
import type { EffectKind } from "./effect-kinds.js";

export const EFFECTS: Readonly<Record<EffectKind | "none", string>> = {
  /** Runs texts, bytecode, or modules whose names are values. */
  eval: `
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
    typing_extensions: evaluate_forward_ref get_annotations get_type_hints`,

  /** Starts, ends or steers processes; reaches what is below Python. */
  process: `
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
    trio: open_process run_process`,

  /** Makes objects of bytes, and does what the bytes say. */
  deserialize: `
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
    yaml: constructor cyaml full_load* load load_all loader unsafe_load* *Loader`,

  /** Reaches names and objects in ways that reading cannot follow. */
  dynamic: `
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
    forbiddenfruit mock wrapt`,

  /** Talks to other machines, or lets them in. */
  network: `
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
    trio: open_ssl* open_tcp* open_unix_socket serve_* socket`,

  /** Reads or writes files, or sees which there are. */
  filesystem: `
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
    trio: Path open_file`,

  /** Sees or changes what the machine and the user are. */
  environment: `
    grp os platform pwd spwd sysconfig syslog winreg
    getpass: getuser
    locale: getdefaultlocale setlocale
    os: confstr* environ* _Environ get_exec_path getcwd* getegid getenv* geteuid getgid getgrouplist
    os: getgroups getloadavg getlogin getpgid getpgrp getppid getpriority getresgid getresuid getsid
    os: getuid pathconf_names putenv sched_get* sched_rr* sysconf* tcgetpgrp uname unsetenv
    os.path: expanduser expandvars
    sys: argv executable getwindowsversion orig_argv winver
    uuid: getnode uuid1
    decouple distro dotenv dynaconf environs keyring pydantic_settings`,

  none: `
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
    yaml: CSafeLoader SafeLoader BaseLoader CBaseLoader`,
};

/** Attributes of any object that lead to the interpreter's own, and methods that mean one thing. */
export const ATTRIBUTES: Readonly<Partial<Record<EffectKind, string>>> = {
  dynamic: `
    __base__ __bases__ __builtins__ __closure__ __code__ __delattr__ __dict__ __func__ __getattr__
    __getattribute__ __globals__ __import__ __loader__ __mro__ __reduce__ __reduce_ex__ __self__
    __setattr__ __setstate__ __spec__ __subclasses__ __wrapped__ ag_code ag_frame cr_code cr_frame
    f_back f_builtins f_code f_globals f_locals gi_code gi_frame mro tb_frame`,
  eval: "exec_module load_module",
  process: "subprocess_exec subprocess_shell",
  network: `
    create_connection create_datagram_endpoint create_server create_unix_connection
    create_unix_server sock_connect`,
  filesystem: `
    hardlink_to iterdir mkdir read_bytes read_text rglob rmdir symlink_to unlink write_bytes
    write_text`,
};

/** Other names of modules. */
export const SYNONYMS: Readonly<Record<string, string>> = {
  cPickle: "pickle",
  genericpath: "os.path",
  nt: "os",
  ntpath: "os.path",
  posix: "os",
  posixpath: "os.path",
};

/** Modules that other modules import, and so have as an attribute: `random._os`. */
export const FOUND_IN_OTHERS =
  "builtins ctypes importlib io marshal nt os pickle posix shutil socket subprocess sys types";
