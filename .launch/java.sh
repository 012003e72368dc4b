# Sourced by examples/run and bench/run: finds a JDK, builds what is missing or stale.
# The caller sets root, the absolute path of the checkout.

needed_java=25

# Java cuts a class path at each colon, and nothing can escape one.
case $root in
    *:*)
        echo "lanewise: the path of this checkout has a ':', where Java ends an entry of its class path;" \
            "move or rename the folder: $root" >&2
        exit 2
        ;;
esac

# In the C locale Java cannot name files with letters other than ASCII; C.UTF-8 is the same with them.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

# So that Ctrl-C during a build or a rehearsal ends the script too, whatever the program in it makes of it.
trap 'exit 130' INT

# Prints the version of the JDK in a folder, such as 25.0.3; prints nothing if there is none.
# Reading its release file costs a millisecond; asking its JVM would cost fifty.
jdk_version() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            printf '%s' "${value%%\"*}"
            return 0
        fi
    done <"$1/release"
}

# Warns of the versions in which the G1 collector can move an array that native code holds.
warn_of_fault() {
    case $1 in
        25 | 25.0 | 25.0.[012] | 25.0.[012].*)
            echo "lanewise: JDK $1 can corrupt arrays under the G1 collector (JDK-8377811);" \
                "take 25.0.3 or later" >&2
            ;;
    esac
}

# Sets java_home and succeeds if a folder holds a JDK that is new enough.
accept_jdk() {
    [ -n "$1" ] || return 1
    for home in "$1" "$1/Contents/Home"; do
        version=$(jdk_version "$home")
        feature=${version%%[!0-9]*}
        if [ -n "$feature" ] && [ "$feature" -ge "$needed_java" ]; then
            java_home=$home
            warn_of_fault "$version"
            return 0
        fi
    done
    return 1
}

# Tries the JDK that a java on the PATH belongs to.
accept_path_jdk() {
    found=$(command -v java) || return 1
    while [ -h "$found" ]; do
        link=$(readlink "$found")
        case $link in
            /*) found=$link ;;
            *) found=${found%/*}/$link ;;
        esac
    done
    accept_jdk "${found%/bin/java}"
}

# Tries the folders where installers put JDKs.
accept_installed_jdk() {
    for folder in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.gradle/jdks/* \
        "$HOME"/.m2/jdks/* "$HOME"/.local/share/mise/installs/java/* \
        "$HOME"/.asdf/installs/java/* "$HOME"/.jbang/cache/jdks/* \
        /Library/Java/JavaVirtualMachines/* "$HOME"/Library/Java/JavaVirtualMachines/* \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk /usr/local/opt/openjdk*/libexec/openjdk.jdk; do
        accept_jdk "$folder" && return 0
    done
    return 1
}

no_jdk() {
    cat >&2 <<END
lanewise: found no JDK $needed_java or later (the default java may be older; that is no obstacle)
  Debian, Ubuntu:  apt install openjdk-$needed_java-jdk, or temurin-$needed_java-jdk from Adoptium
  Alpine:          apk add openjdk$needed_java
  macOS:           brew install openjdk@$needed_java
  Windows:         winget install EclipseAdoptium.Temurin.$needed_java.JDK
  any, with SDKMAN: sdk install java $needed_java-tem
or unpack one anywhere and set LANEWISE_JAVA_HOME to its folder.
END
    exit 2
}

# Sets java_home to a JDK that is new enough, or says how to get one and exits with 2.
find_jdk() {
    HOME=${HOME:-/nonexistent}
    if [ -n "${LANEWISE_JAVA_HOME:-}" ]; then
        accept_jdk "$LANEWISE_JAVA_HOME" && return
        echo "lanewise: LANEWISE_JAVA_HOME is $LANEWISE_JAVA_HOME, which is no JDK $needed_java or later;" \
            "point it at one, or unset it" >&2
        exit 2
    fi
    accept_jdk "${JAVA_HOME:-}" && return
    for name in $(env | sed -n -e 's/^\(JAVA25_HOME\)=.*/\1/p' -e 's/^\(JAVA_HOME_25[A-Za-z0-9_]*\)=.*/\1/p'); do
        eval "candidate=\$$name"
        accept_jdk "$candidate" && return
    done
    accept_path_jdk || accept_installed_jdk || no_jdk
}

# Succeeds if any source of the named modules is newer than a file, or the file is missing.
# Folders count, so that a deleted source is noticed too.
newer_sources() {
    built=$1
    shift
    [ -e "$built" ] || return 0
    for module; do
        set -- "$@" "$root/$module/pom.xml" "$root/$module/src/main" "$root/$module/src/${profile:-main}"
        shift
    done
    [ -n "$(find "$root/pom.xml" "$@" -newer "$built" 2>/dev/null | head -n 1)" ]
}

# Packages a module and the named modules that it needs, if that has not been done since the last change.
# If the caller sets profile, with that profile of Maven and the sources in src/$profile.
build_if_stale() {
    target=$1
    shift
    profile=${profile:-}
    built=$root/$target/target/built${profile:+-$profile}
    newer_sources "$built" "$target" "$@" || return 0
    if ! command -v mvn >/dev/null; then
        echo "lanewise: $target must be built and there is no mvn on the PATH; install Maven 3.8 or later" >&2
        exit 2
    fi
    lock_build
    if newer_sources "$built" "$target" "$@"; then
        build
    fi
    unlock_build
}

# Lets one script at a time build this checkout. The lock is a link, made at once or not at all, to the number of its
# owner's process; that of an owner who was killed is taken over.
lock_build() {
    lock=$root/target/build.lock
    waiting=
    failures=0
    mkdir -p "$root/target"
    until ln -s "$$" "$lock" 2>/dev/null; do
        owner=$(readlink "$lock" || true)
        if [ -z "$owner" ]; then
            # freed just now, or a file system without links
            failures=$((failures + 1))
            [ "$failures" -lt 10 ] || return 0
        elif kill -0 "$owner" 2>/dev/null; then
            [ -n "$waiting" ] || echo "lanewise: waiting for another build of this checkout ..." >&2
            waiting=1
            sleep 1
        else
            rm -f "$lock"
        fi
    done
    trap unlock_build EXIT
}

unlock_build() {
    rm -f "$lock"
    trap - EXIT
}

build() {
    echo "lanewise: building $target; the first time takes a minute ..." >&2
    mkdir -p "$root/$target/target"
    # With another profile come other classes: one build ends the other.
    rm -f "$root/$target/target/lib"/*.jar "$root/$target/target/built"*
    # Stamped with the time of the start: an edit during the build makes it stale again.
    : >"$built.tmp"
    # JAVA25_HOME leads Maven to a JDK that lies where it would not look.
    JAVA25_HOME=$java_home mvn -q -f "$root/pom.xml" -pl "$target" -am ${profile:+-P"$profile"} \
        -DskipTests package \
        >"$root/$target/target/build.log" 2>&1 || {
        cat "$root/$target/target/build.log" >&2
        echo "lanewise: the build failed; Maven's output is above" >&2
        exit 1
    }
    mv "$built.tmp" "$built"
}

# Prints the class path of a packaged module: its jar and those that it needs. No folders and no
# wildcard, since the JVM compares it with the one that its cache was made for.
jars_of() {
    path=
    for jar in "$1"/lanewise-*.jar "$1"/lib/*.jar; do
        path=$path${path:+:}$jar
    done
    printf '%s' "$path"
}

# Prints the flags that the user chose for the JVM, here or by the variables that a JVM looks at.
chosen_flags() {
    printf '%s ' "${JAVA_TOOL_OPTIONS:-}" "${JDK_JAVA_OPTIONS:-}"
    for argument; do
        case $argument in -X*) printf '%s ' "$argument" ;; esac
    done
}

# Once after each build, runs a program and keeps the classes that the JVM parsed for it. Later starts
# take them from the cache. Failing costs nothing but the gain.
rehearse() {
    cache=$1
    rehearsed=$2
    shift 2
    [ ! -e "$cache.log" ] && [ -w "${cache%/*}" ] || return 0
    echo "lanewise: rehearsing the start; this is done once ..." >&2
    "$java_home/bin/java" "-XX:ArchiveClassesAtExit=$cache.$$" -XX:+UseSerialGC --add-modules=jdk.incubator.vector \
        -classpath "$rehearsed" "$@" >"$cache.log" 2>&1 && mv "$cache.$$" "$cache" || rm -f "$cache.$$"*
}

# The same for the programs and all that they need.
build_examples_if_stale() {
    build_if_stale examples integrations/onnx integrations/serve integrations/tabular integrations/tensorboard nn engine
}
